"""Common given names and the gender they show, for telling who "he" and "she" are. Unlisted names show none."""

MALE_NAMES = frozenset(
    """
    aaron abdul abraham adam ahmad ahmed alan albert alberto alejandro alex alexander alexei alfred ali allen alvin anatoly andre andreas andrei andrew andy
    angel anthony antonio arnold arthur barack barry ben benjamin benny bernard bernie bill billy bob bobby boris brad bradley brandon brendan brent
    brett brian bruce bryan byron calvin carl carlos charles charlie chester chris christian christopher chuck clarence claude clayton clifford clint
    clyde cody colin conor corey craig curtis dale damon dan daniel danny darrell darren dave david dean dennis derek diego dieter dmitri dmitry
    dmitriy dominic don donald doug douglas duane dustin dwight earl ed eddie edgar eduardo edward edwin eli elijah emmanuel enrique eric erik ernest
    ethan eugene evan felix fernando floyd francisco frank franklin fred frederick gabriel gary gavin gene geoff geoffrey george gerald gerard gilbert
    giovanni glen glenn gordon graham grant greg gregory guy hans harold harry harvey hassan hector heinz henry herbert herman howard hugh ian
    ibrahim igor isaac ismail ivan jack jacob jake james jamie jan jared jason javier jay jeb jeff jeffrey jeremy jerome jerry jesse jesus jim jimmy joe
    joel johan john johnny jon jonathan jorge jose joseph josh joshua juan julian julio justin karl keith ken kenneth kevin khalid kirk klaus kurt kyle
    lance larry lawrence lee leo leon leonard leroy lewis liam lindsey lloyd louis lucas luis luke luther malcolm manuel marc marco marcus mario mark
    marshall martin marvin mathew matt matthew maurice max melvin michael miguel mike mikhail milton mitch mitt mohamed mohammad mohammed muhammad morris nathan
    nathaniel ned neil nicholas nick nigel nikolai noah norman oleg oliver omar orlando oscar otto owen pablo patrick paul pavel pedro perry
    pete peter phil philip phillip pierre rafael ralph ramon rand randall randy raul ray raymond reginald reince ricardo richard rick ricky rob robby robert
    roberto rodney roger roland ron ronald ronnie ross roy ruben rudolph rudy russell ryan salvador sam samuel scott sean sebastian serge sergei
    sergey seth shane shaun sidney simon spencer stanley stefan stephen steve steven stuart ted terrence terry theodore thomas tim timothy toby todd
    tom tommy tony travis trevor troy tyler vadim vernon victor viktor vincent vladimir wade wallace walter warren wayne wesley will william willie
    wolfgang xavier yuri yury yusuf zachary ziad emilio gerhard helmut jean-claude jean mahmoud reza hossein sanjay rajesh vijay arun amit hiroshi kenji takeshi
""".split()
) - {"angel", "jean", "jan", "lindsey"}

FEMALE_NAMES = frozenset(
    """
    abigail agnes aisha alexandra alexis alice alicia alison allison alyssa amanda amber amelia amina amy ana andrea angela angelina anita ann anna anne
    annette annie april arlene ashley audrey barbara beatrice becky belinda bernice beth betty beverly bonnie brenda brittany carla carly carmen carol
    caroline carolyn carrie catherine cathy charlotte chelsea cheryl christina christine cindy claire clara claudia colleen connie courtney cristina crystal cynthia daisy
    dana danielle dawn deborah debbie debra denise diana diane dolores donna dora doris dorothy edith edna eileen elaine eleanor elena elisabeth elizabeth
    ella ellen elsie emily emma erica erin esther ethel eva evelyn fatima felicia florence frances gabrielle gail georgia geraldine gertrude gina gladys
    glenda gloria grace gwen hannah harriet hazel heather heidi helen hilary hillary holly huma ida irene iris irina isabel ivanka jackie jacqueline jane janet
    janice jasmine jean jeanne jenna jennifer jenny jessica jill jo joan joann joanna joanne josephine joy joyce juanita judith judy julia julie june karen
    karin kate katherine kathleen kathryn kathy katie katrina kay kellyanne kelly kim kimberly kristen kristin kristina laura lauren laurie leah lena leslie lillian
    linda lindsay lisa lois loretta lorraine louise lucia lucille lucy lydia lynn madeline magdalena marcia margaret maria marian marie marilyn marina
    marjorie marlene marsha martha mary maryam maureen maxine megan melania melanie melinda melissa mercedes meredith michele michelle mildred miriam molly monica nadia
    nancy naomi natalia natalie natasha nicole nikki nina nora norma olga olivia pamela patricia patty paula pauline peggy penny phyllis priscilla rachel
    rebecca regina renee rhonda rita roberta robin rosa rosemary ruth sabrina sally samantha sandra sara sarah shannon sharon sheila shelly sherry shirley
    silvia sofia sonia sophia sophie stacey stacy stella stephanie sue susan suzanne svetlana sylvia tamara tammy tanya tara tatiana teresa thelma theresa
    tiffany tina tracy ursula valentina valerie vanessa vera veronica vicki victoria viola violet virginia vivian wanda wendy yolanda yulia yvonne zoe
    angela agnieszka ingrid astrid birgit greta sigrid leila layla noor priya lakshmi sunita mei yuki keiko naoko
""".split()
) - {"jean"}
